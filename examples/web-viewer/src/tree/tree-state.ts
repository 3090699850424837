/** Where the tree begins: all of the stage. */
export const ROOT = '/';

/** What the application says of a child: `children` is an empty object while there are some to be asked for. */
export interface Child {
  readonly name: string;
  readonly path: string;
  readonly children?: unknown;
}

export interface Node {
  readonly path: string;
  readonly name: string;
  readonly parent: string;
  /** Whether there is something to open. */
  readonly hasChildren: boolean;
  /** The paths of the children, once they were told. */
  readonly children?: readonly string[];
  readonly open: boolean;
  /** Why the children could not be told; absent where nothing failed. */
  readonly problem?: string;
}

/** The prims that were told so far, by path, the root included. */
export type Tree = ReadonlyMap<string, Node>;

export type TreeEvent =
  | { readonly type: 'told'; readonly path: string; readonly children: readonly Child[] }
  | { readonly type: 'failed'; readonly path: string; readonly problem: string }
  | { readonly type: 'opened'; readonly path: string }
  | { readonly type: 'closed'; readonly path: string };

export const emptyTree: Tree = new Map([
  [ROOT, { path: ROOT, name: '', parent: '', hasChildren: true, open: true }],
]);

export function nextTree(tree: Tree, event: TreeEvent): Tree {
  const node = tree.get(event.path);
  // A prim that is not shown may be selected all the same.
  if (!node) return tree;
  switch (event.type) {
    case 'told':
      return withChildren(tree, node, event.children);
    case 'failed':
      return withNode(tree, { ...node, problem: event.problem });
    case 'opened':
      return withNode(tree, { ...node, open: true });
    case 'closed':
      return withNode(tree, { ...node, open: false });
  }
}

function withChildren(tree: Tree, node: Node, children: readonly Child[]): Tree {
  const { problem: _, ...rest } = node;
  const grown = new Map(tree);
  grown.set(node.path, { ...rest, children: children.map(({ path }) => path) });
  for (const { name, path, children: some } of children) {
    const known = tree.get(path) ?? { open: false };
    const hasChildren = some !== undefined;
    grown.set(path, { ...known, path, name, parent: node.path, hasChildren });
  }
  return grown;
}

function withNode(tree: Tree, node: Node): Tree {
  return new Map(tree).set(node.path, node);
}

/** A line of the tree, as it is shown. */
export interface Row {
  readonly node: Node;
  /** 1 for what is below the root. */
  readonly level: number;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
}

/** What is shown, from top to bottom: all that is below open prims. */
export function rowsOf(tree: Tree, path: string = ROOT, level = 1): Row[] {
  const children = tree.get(path)?.children ?? [];
  return children.flatMap((child, i) => {
    const node = tree.get(child);
    if (!node) return [];
    const row = { node, level, position: i + 1, siblings: children.length };
    return node.open ? [row, ...rowsOf(tree, child, level + 1)] : [row];
  });
}

/** The paths above a prim, the root first: of `/World/Car/Wheel` they are `/`, `/World` and `/World/Car`. */
export function ancestorsOf(path: string): string[] {
  const names = path.split('/').slice(1, -1);
  return [ROOT, ...names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`)];
}

/** Where a key leads from a row. */
export type Move =
  | { readonly type: 'focus'; readonly path: string }
  | { readonly type: 'open' | 'close' | 'select'; readonly path: string };

/** What a key does in the tree, as the pattern for trees of the WAI-ARIA says; nothing for other keys. */
export function moveFor(key: string, rows: readonly Row[], path: string): Move | undefined {
  const at = rows.findIndex(({ node }) => node.path === path);
  const row = rows[at];
  if (!row) return undefined;
  const focus = (to: Row | undefined): Move | undefined =>
    to && { type: 'focus', path: to.node.path };
  const { hasChildren, open, parent } = row.node;
  switch (key) {
    case 'ArrowDown':
      return focus(rows[at + 1]);
    case 'ArrowUp':
      return focus(rows[at - 1]);
    case 'Home':
      return focus(rows[0]);
    case 'End':
      return focus(rows.at(-1));
    case 'ArrowRight':
      if (!hasChildren) return undefined;
      if (!open) return { type: 'open', path };
      return focus(rows[at + 1]?.node.parent === path ? rows[at + 1] : undefined);
    case 'ArrowLeft':
      if (hasChildren && open) return { type: 'close', path };
      return parent === ROOT ? undefined : { type: 'focus', path: parent };
    case 'Enter':
    case ' ':
      return { type: 'select', path };
    default:
      return undefined;
  }
}
