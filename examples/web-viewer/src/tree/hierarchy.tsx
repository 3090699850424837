import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Problems } from '../screens/problems';
import { moveFor, ROOT, rowsOf } from './tree-state';
import { TreeRow } from './tree-row';
import { useTree } from './use-tree';

interface HierarchyProps {
  /** Whether there is a stage; each other one has a hierarchy of its own. */
  readonly hasStage: boolean;
  readonly selection: readonly string[];
  readonly onSelect: (path: string) => void;
}

/** The stage's prims as a tree, by mouse and by keyboard; what is selected elsewhere shows here. */
export function Hierarchy({ hasStage, selection, onSelect }: HierarchyProps) {
  const { tree, open, close } = useTree(hasStage, selection[0]);
  const [current, setCurrent] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const rows = rowsOf(tree);
  const inTurn = rows.some(({ node }) => node.path === current) ? current : rows[0]?.node.path;
  const problem = tree.get(ROOT)?.problem;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selection, rows.length]);

  const focus = (path: string) => {
    setCurrent(path);
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus();
  };

  const press = (event: KeyboardEvent) => {
    const move = inTurn && moveFor(event.key, rows, inTurn);
    if (!move) return;
    event.preventDefault();
    if (move.type === 'focus') focus(move.path);
    if (move.type === 'open') open(move.path);
    if (move.type === 'close') close(move.path);
    if (move.type === 'select') onSelect(move.path);
  };

  return (
    <section className="grows" aria-labelledby="hierarchy">
      <h2 id="hierarchy">Hierarchy</h2>
      <Problems sentences={problem ? [problem] : []} />
      {rows.length === 0 && !problem && <p className="hint">Nothing to show yet.</p>}
      <ul className="tree" role="tree" aria-labelledby="hierarchy" ref={list} onKeyDown={press}>
        {rows.map((row) => (
          <TreeRow
            key={row.node.path}
            row={row}
            selected={selection.includes(row.node.path)}
            inTurn={row.node.path === inTurn}
            onToggle={() => (row.node.open ? close : open)(row.node.path)}
            onSelect={() => {
              setCurrent(row.node.path);
              onSelect(row.node.path);
            }}
          />
        ))}
      </ul>
    </section>
  );
}
