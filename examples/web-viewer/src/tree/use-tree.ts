import { AppStreamer, type StreamError } from '@vitrine/client/app-streamer';
import { useEffect, useReducer, useRef } from 'react';
import { ancestorsOf, emptyTree, nextTree, ROOT, type Tree } from './tree-state';

/** What the tree shows: all that can be seen in the picture, or holds such. */
const FILTERS = ['USDGeom'] as const;

interface TreeControl {
  readonly tree: Tree;
  /** Shows the children of a prim; they are asked for the first time. */
  open(path: string): void;
  close(path: string): void;
}

/**
 * The stage's hierarchy, which is asked for as far as it is looked at.
 *
 * @param hasStage whether there is something to ask for; another stage has another component
 * @param revealed the path of a prim that is to be seen; undefined for none
 */
export function useTree(hasStage: boolean, revealed: string | undefined): TreeControl {
  const [tree, dispatch] = useReducer(nextTree, emptyTree);
  const latest = useRef(tree);
  latest.current = tree;

  const ask = async (path: string) => {
    try {
      const { children } = await AppStreamer.getChildren(path, FILTERS);
      dispatch({ type: 'told', path, children });
    } catch (failure) {
      dispatch({ type: 'failed', path, problem: (failure as StreamError).info });
    }
  };

  const open = async (path: string) => {
    dispatch({ type: 'opened', path });
    if (!latest.current.get(path)?.children) await ask(path);
  };

  useEffect(() => {
    if (hasStage) void ask(ROOT);
  }, [hasStage]);

  useEffect(() => {
    if (revealed === undefined || !hasStage) return;
    let wanted = true;
    void (async () => {
      // Each one is known only once the one above has been told.
      for (const path of ancestorsOf(revealed)) if (wanted) await open(path);
    })();
    return () => {
      wanted = false;
    };
  }, [revealed, hasStage]);

  return {
    tree,
    open: (path) => void open(path),
    close: (path) => dispatch({ type: 'closed', path }),
  };
}
