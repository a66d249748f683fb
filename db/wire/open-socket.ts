import net from 'node:net';
import tls from 'node:tls';

/** What `sslmode` in an address asks for; without it the connection is plain, as the driver's is. */
type Encryption = 'none' | 'preferred' | 'required' | 'verified';

const MODES: Record<string, Encryption> = {
  disable: 'none',
  allow: 'preferred',
  prefer: 'preferred',
  require: 'required',
  'verify-ca': 'verified',
  'verify-full': 'verified',
};

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const WILLING = 0x53;

/** Connects, encrypted as `sslMode` says; rejects with `CONNECT_TIMEOUT` past the time. `onSocket` gets it to cut it. */
export async function openSocket(
  { host, port, path, sslMode }: { host: string; port: number; path?: string | undefined; sslMode: string | null },
  timeoutMs: number,
  onSocket: (socket: net.Socket) => void,
): Promise<net.Socket> {
  const encryption = MODES[sslMode ?? 'disable'] ?? 'verified';
  const plain = path === undefined ? net.connect({ host, port }) : net.connect(path);
  plain.setNoDelay(true);
  onSocket(plain);
  return within(plain, timeoutMs, async () => {
    await once(plain, 'connect');
    if (encryption === 'none') return plain;
    plain.write(SSL_REQUEST);
    const [answer] = (await once(plain, 'data')) as [Buffer];
    if (answer[0] !== WILLING) {
      if (encryption === 'preferred') return plain;
      throw Object.assign(new Error('the server offers no encryption'), { code: 'ECONNREFUSED' });
    }
    const servername = net.isIP(host) ? undefined : host;
    const encrypted = tls.connect({ socket: plain, servername, rejectUnauthorized: encryption === 'verified' });
    await once(encrypted, 'secureConnect');
    return encrypted;
  });
}

function once(socket: net.Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' }));
    const settle = (act: () => void) => {
      socket.off('error', onError).off('close', onClose);
      act();
    };
    const onError = (error: Error) => settle(() => reject(error));
    socket.once('error', onError).once('close', onClose);
    socket.once(event, (...values: unknown[]) => settle(() => resolve(values)));
  });
}

async function within(socket: net.Socket, timeoutMs: number, open: () => Promise<net.Socket>): Promise<net.Socket> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('the connection was not taken in time'), { code: 'CONNECT_TIMEOUT' }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([open(), late]);
  } catch (error) {
    socket.on('error', () => {});
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
