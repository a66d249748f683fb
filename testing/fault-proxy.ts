import net, { type AddressInfo, type Socket } from 'node:net';

/** What happens to connections: passed on, taken and closed at once, or held without a byte either way. */
export type Fault = 'none' | 'close-at-start' | 'freeze';

export type FaultProxy = {
  /** The database's address with the proxy's host and port in it. */
  url: string;
  set(fault: Fault): void;
  /** Cuts every connection under way, in both directions. */
  cut(): void;
  /** Connections taken since the proxy began. */
  taken(): number;
  /** Sockets open now, on both sides. */
  open(): number;
  /** Resolves at the next byte that a client sends. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
};

/** A TCP proxy on loopback in front of a Postgres, with faults that can be switched while it runs. */
export async function createFaultProxy(databaseUrl: string): Promise<FaultProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let fault: Fault = 'none';
  let taken = 0;
  let onRequest = () => {};

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  }

  const server = net.createServer((client) => {
    taken += 1;
    keep(client);
    if (fault === 'close-at-start') {
      client.once('data', () => client.destroy());
      return;
    }
    const upstream = net.connect(Number(target.port || 5432), target.hostname);
    keep(upstream);
    forward(client, upstream, () => onRequest());
    forward(upstream, client);
  });

  function forward(from: Socket, to: Socket, onData = () => {}): void {
    from.on('data', (chunk) => {
      // Held for good, as by a host that vanished: what froze stays frozen for this connection.
      if (fault === 'freeze') from.pause();
      else to.write(chunk);
      onData();
    });
    from.once('close', () => to.destroy());
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    set(next) {
      fault = next;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    taken: () => taken,
    open: () => sockets.size,
    nextRequest: () =>
      new Promise((resolve) => {
        onRequest = resolve;
      }),
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
