import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Answer } from './http-server.js';

const BUILT_PAGE = 'target/classes/META-INF/vitrine/page/';
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};
/** As strict as a page can be served: nothing inline, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws:";

/** Serves the built page as runtime and gateway do, below a proxy's prefix, and takes its signalling. */
export class PageHost implements AsyncDisposable {
  /** What the REST calls are answered with, in this order. */
  answers: Answer[] = [];
  /** What each deletion is answered with: whatever is deleted is gone. */
  deletion: Answer = { status: 200, body: {} };
  /** The methods of the REST calls. */
  readonly calls: string[] = [];
  /** What happens to a signalling socket; the subprotocols are the page's. */
  onSignalling: (socket: WebSocket, subprotocols: string[], path: string) => void = () => undefined;
  /** Pages and scripts of a test's own, by their path below the prefix. */
  readonly files = new Map<string, string | Buffer>();
  readonly #prefix: string;
  readonly #server: Server;

  private constructor(prefix: string) {
    this.#prefix = prefix;
    this.#server = createServer((request, response) => this.#serve(request, response));
    const sockets = new WebSocketServer({ server: this.#server });
    sockets.on('connection', (socket, request) => {
      const offered = request.headers['sec-websocket-protocol'] ?? '';
      this.onSignalling(socket, offered.split(/, */), request.url ?? '');
    });
  }

  static async start(prefix = '/'): Promise<PageHost> {
    const host = new PageHost(prefix);
    await new Promise<void>((done) => host.#server.listen(0, '127.0.0.1', done));
    return host;
  }

  /** Without the scheme, with the prefix and its slash. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#prefix}`;
  }

  get url(): string {
    return `http://${this.address}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '', 'http://host');
    const path = pathname.startsWith(this.#prefix) ? pathname.slice(this.#prefix.length) : '?';
    const file = this.files.get(path);
    if (file !== undefined) return send(response, path, file);
    if (path === '') return sendFile(response, 'index.html');
    if (/^view\/[^/]+\/[^/]+$/.test(path)) return sendFile(response, 'view.html');
    if (/^page\/[\w.-]+$/.test(path)) return sendFile(response, path.slice('page/'.length));
    const isCall = path.includes('/streaming/stream');
    const { status, body } = (isCall && this.#answer(request)) || { status: 404, body: {} };
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }

  #answer({ method = '' }: IncomingMessage): Answer | undefined {
    this.calls.push(method);
    return method === 'DELETE' ? this.deletion : this.answers.shift();
  }
}

function sendFile(response: ServerResponse, name: string): void {
  if (existsSync(BUILT_PAGE + name)) send(response, name, readFileSync(BUILT_PAGE + name));
  else response.writeHead(404).end();
}

function send(response: ServerResponse, name: string, content: string | Buffer): void {
  const type = MEDIA_TYPES[name.split('.').at(-1) ?? ''];
  if (type === undefined) {
    response.writeHead(404).end();
    return;
  }
  const headers = { 'Content-Type': type, 'Content-Security-Policy': POLICY };
  response.writeHead(200, headers).end(content);
}
