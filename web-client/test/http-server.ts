import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** A real HTTP server that answers with what a test lays out for it, and keeps what it was asked. */
export class ScriptedServer implements AsyncDisposable {
  readonly calls: Call[] = [];
  readonly #answers: Answer[];
  readonly #server: Server;

  private constructor(answers: Answer[]) {
    this.#answers = answers;
    this.#server = createServer((request, response) => {
      void this.#note(request).then(() => {
        const { status, body } = this.#answers.shift() ?? { status: 599 };
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(typeof body === 'string' ? body : body && JSON.stringify(body));
      });
    });
  }

  static async start(...answers: Answer[]): Promise<ScriptedServer> {
    const scripted = new ScriptedServer(answers);
    await new Promise<void>((done) => scripted.#server.listen(0, '127.0.0.1', done));
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #note(request: IncomingMessage): Promise<void> {
    this.calls.push({
      method: request.method ?? '',
      path: request.url ?? '',
      body: await text(request),
      authorization: request.headers.authorization,
    });
  }
}
