import type { CSSProperties } from 'react';
import type { Row } from './tree-state';

interface TreeRowProps {
  readonly row: Row;
  readonly selected: boolean;
  /** Whether the tab key comes here; of a tree that is one row. */
  readonly inTurn: boolean;
  readonly onToggle: () => void;
  readonly onSelect: () => void;
}

export function TreeRow({ row, selected, inTurn, onToggle, onSelect }: TreeRowProps) {
  const { node, level, position, siblings } = row;
  return (
    <li
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={selected}
      aria-expanded={node.hasChildren ? node.open : undefined}
      tabIndex={inTurn ? 0 : -1}
      data-path={node.path}
      title={node.problem ?? node.path}
      style={{ '--level': level } as CSSProperties}
      onClick={onSelect}
    >
      <span
        className="twist"
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          if (node.hasChildren) onToggle();
        }}
      />
      {node.name}
      {node.problem && <small className="wrong">{node.problem}</small>}
    </li>
  );
}
