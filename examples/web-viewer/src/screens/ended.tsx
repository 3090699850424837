import { Card } from './card';

interface EndedProps {
  readonly message: string;
  readonly onAgain: () => void;
}

export function Ended({ message, onAgain }: EndedProps) {
  return (
    <Card title="The stream has ended" lead={message}>
      <button type="button" className="primary" autoFocus onClick={onAgain}>
        Start again
      </button>
    </Card>
  );
}
