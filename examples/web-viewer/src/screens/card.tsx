import type { ReactNode } from 'react';

interface CardProps {
  readonly title: string;
  /** One sentence below the title. */
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}

/** A screen without a picture. */
export function Card({ title, lead, children }: CardProps) {
  return (
    <main className="screen">
      <section className="card" aria-labelledby="title">
        <h1 id="title">{title}</h1>
        {lead && <p className="lead">{lead}</p>}
        {children}
      </section>
    </main>
  );
}
