import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

const library = path.resolve(import.meta.dirname, '../../web-client/dist/vitrine-client.js');

const html = (signal: string) => `<!doctype html>
<video id="stream" tabindex="0" muted style="width: 1280px; height: 720px"></video>
<script type="module">
  import { connect, runtime } from './vitrine-client.js';
  const video = document.querySelector('#stream');
  window.stream = connect({ video, source: runtime('${signal}') });
  window.stream.onState(({ kind }) => (document.documentElement.dataset.state = kind));
</script>`;

/** A page of a web developer's own, with our library as npm has it: its stream is `window.stream`. */
export class EmbeddingPage {
  private constructor(
    private readonly server: http.Server,
    readonly origin: string,
  ) {}

  /** Serves it; the runtime that signals there is to have its origin in VITRINE_ORIGINS. */
  static async open(address: string, signal: string): Promise<EmbeddingPage> {
    const server = http.createServer((request, response) => {
      if (request.url === '/vitrine-client.js') {
        response.setHeader('content-type', 'text/javascript').end(readFileSync(library));
      } else if (request.url === '/') {
        response.setHeader('content-type', 'text/html').end(html(signal));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    const { port } = server.address() as net.AddressInfo;
    return new EmbeddingPage(server, `http://${address}:${port}`);
  }

  get url(): string {
    return `${this.origin}/`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
