import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const built = path.resolve(import.meta.dirname, '../../examples/web-viewer/dist');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** The built examples/web-viewer, served where its README says, with a config of the test's own. */
export class WebViewer {
  /** What `stream.config.json` says: an object, a text as it is, or undefined when there is no such file. */
  config: object | string | undefined;
  /** Further files beside it, by their names. */
  readonly files = new Map<string, string>();
  private readonly server: http.Server;

  private constructor() {
    this.server = http.createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://host');
      const name = pathname === '/' ? 'index.html' : pathname.slice(1);
      const content = this.content(name);
      const type = MEDIA_TYPES[path.extname(name)];
      if (content === undefined || type === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': type }).end(content);
    });
  }

  static async open(): Promise<WebViewer> {
    if (!existsSync(built)) {
      throw new Error('It is not built: run npm --prefix examples/web-viewer run build');
    }
    const viewer = new WebViewer();
    await new Promise<void>((resolve, reject) => {
      viewer.server.once('error', (cause) =>
        reject(new Error('Port 5173 cannot be had: stop `npm run dev`.', { cause })),
      );
      viewer.server.listen(5173, 'localhost', resolve);
    });
    return viewer;
  }

  /** The one origin that runtimes in local mode and `make up` allow besides their own. */
  get url(): string {
    return 'http://localhost:5173/';
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private content(name: string): string | Buffer | undefined {
    if (name === 'stream.config.json') {
      return typeof this.config === 'object' ? JSON.stringify(this.config) : this.config;
    }
    const file = path.join(built, name);
    const inside = file.startsWith(built + path.sep) && existsSync(file);
    return this.files.get(name) ?? (inside ? readFileSync(file) : undefined);
  }
}
