/** Where this page was opened: beside one runtime, or at a gateway for one app. */
export type Place =
  | { readonly kind: 'local'; readonly signal: URL }
  | {
      readonly kind: 'cluster';
      readonly gateway: URL;
      readonly namespace: string;
      readonly app: string;
      readonly profile?: string;
      readonly arguments: Readonly<Record<string, string>>;
    };

const viewPath = /^(.*\/)view\/([^/]+)\/([^/]+)$/;
const PARAMETER_PREFIX = 'param.';

/** Reads the address; whatever stands before `view/` is a proxy's and stays. */
export function placeOf(address: URL): Place {
  const [, prefix, namespace, app] = viewPath.exec(address.pathname) ?? [];
  if (prefix === undefined || namespace === undefined || app === undefined) {
    return { kind: 'local', signal: new URL('signal', withoutQuery(address)) };
  }
  const profile = address.searchParams.get('class');
  return {
    kind: 'cluster',
    gateway: new URL(prefix, address.origin),
    namespace: decoded(namespace),
    app: decoded(app),
    ...(profile && { profile }),
    arguments: parametersIn(address.searchParams),
  };
}

function withoutQuery(address: URL): URL {
  return new URL(address.pathname, address.origin);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parametersIn(query: URLSearchParams): Record<string, string> {
  const parameters = [...query].filter(([name]) => name.startsWith(PARAMETER_PREFIX));
  return Object.fromEntries(
    parameters.map(([name, value]) => [name.slice(PARAMETER_PREFIX.length), value]),
  );
}
