import http from 'node:http';
import net from 'node:net';

/** A proxy that serves another server below a path, as notebooks and course machines do. */
export class PathProxy {
  private constructor(
    private readonly server: http.Server,
    readonly origin: string,
    readonly url: string,
  ) {}

  /** Serves `target` (with its port) below `path`, which begins and ends with a slash. */
  static async open(address: string, path: string, target: URL): Promise<PathProxy> {
    const server = http.createServer((request, response) => {
      if (!request.url?.startsWith(path)) {
        response.writeHead(404).end();
        return;
      }
      const onward = http.request(
        {
          host: target.hostname,
          port: target.port,
          path: request.url.slice(path.length - 1),
          method: request.method,
          headers: { ...request.headers, host: target.host },
        },
        (reply) => {
          response.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(response);
        },
      );
      onward.on('error', () => response.writeHead(502).end());
      request.pipe(onward);
    });
    server.on('upgrade', (request, socket, head) => {
      const onward = net.connect(Number(target.port), target.hostname, () => {
        const headers = Object.entries({ ...request.headers, host: target.host });
        const lines = headers.map(([name, value]) => `${name}: ${String(value)}`).join('\r\n');
        onward.write(`GET ${request.url!.slice(path.length - 1)} HTTP/1.1\r\n${lines}\r\n\r\n`);
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    const { port } = server.address() as net.AddressInfo;
    const origin = `http://${address}:${port}`;
    return new PathProxy(server, origin, origin + path);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
