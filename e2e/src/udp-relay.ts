import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A port that stands for another one elsewhere, as routers and container engines map them. */
export class UdpRelay {
  /** How many datagrams have come back from there. */
  answers = 0;
  private readonly ways = new Map<string, dgram.Socket>();

  private constructor(
    private readonly socket: dgram.Socket,
    host: string,
    port: number,
  ) {
    socket.on('message', (data, { address, port: sender }) => {
      this.wayOf(address, sender).send(data, port, host);
    });
  }

  static async open(address: string, host: string, port: number): Promise<UdpRelay> {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    return new UdpRelay(socket, host, port);
  }

  get port(): number {
    return (this.socket.address() as AddressInfo).port;
  }

  close(): void {
    for (const way of [...this.ways.values(), this.socket]) way.close();
  }

  /** A socket for each sender, so that answers find their way back. */
  private wayOf(address: string, port: number): dgram.Socket {
    const sender = `${address}:${port}`;
    const known = this.ways.get(sender);
    if (known) return known;
    const way = dgram.createSocket('udp4');
    way.on('message', (data) => {
      this.answers++;
      this.socket.send(data, port, address);
    });
    this.ways.set(sender, way);
    return way;
  }
}
