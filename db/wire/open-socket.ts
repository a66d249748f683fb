import net from 'node:net';
import tls from 'node:tls';

/** What `sslmode` in an address asks for; without it the connection is plain, as the driver's is. */
type Encryption = 'none' | 'preferred' | 'required' | 'verified';

const MODES: Record<string, Encryption> = {
  disable: 'none',
  false: 'none',
  allow: 'preferred',
  prefer: 'preferred',
  require: 'required',
  'verify-ca': 'verified',
  'verify-full': 'verified',
};

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const WILLING = 0x53;

/** Takes bytes that are good until it returns. */
export type TakeBytes = (bytes: Buffer) => void;

export type OpenSocket = {
  socket: net.Socket;
  /** From now on all that comes goes to `take`; before, to those who listen for `data`. */
  receive(take: TakeBytes): void;
};

const READ_BYTES = 65_536;

/** Connects, encrypted as `sslMode` says; rejects with `CONNECT_TIMEOUT` past the time. `onSocket` gets it to cut it. */
export async function openSocket(
  where: { host: string; port: number; path?: string | undefined; sslMode: string | null },
  timeoutMs: number,
  onSocket: (socket: net.Socket) => void,
): Promise<OpenSocket> {
  const { host, sslMode } = where;
  const encryption = MODES[sslMode ?? 'disable'] ?? 'verified';
  const { socket: plain, receive } = connect(where, encryption === 'none');
  plain.setNoDelay(true);
  onSocket(plain);
  return within(plain, timeoutMs, async () => {
    await once(plain, 'connect');
    if (encryption === 'none') return { socket: plain, receive };
    plain.write(SSL_REQUEST);
    const [answer] = (await once(plain, 'data')) as [Buffer];
    // More than the one byte would be somebody's who wants it taken for what comes encrypted.
    if (answer.length > 1) throw Object.assign(new Error('the server sent more than asked'), { code: 'ECONNRESET' });
    if (answer[0] !== WILLING) {
      if (encryption === 'preferred') return { socket: plain, receive };
      throw Object.assign(new Error('the server offers no encryption'), { code: 'ECONNREFUSED' });
    }
    const servername = net.isIP(host) ? undefined : host;
    const encrypted = tls.connect({ socket: plain, servername, rejectUnauthorized: encryption === 'verified' });
    await once(encrypted, 'secureConnect');
    return { socket: encrypted, receive: (take) => encrypted.on('data', take) };
  });
}

/**
 * With `oneBuffer` all reads go into the same one. By itself Node makes a buffer of 64 kB for each, of which an answer
 * fills an eighth, because Postgres sends 8 kB at a time.
 */
function connect({ host, port, path }: { host: string; port: number; path?: string | undefined }, oneBuffer: boolean) {
  let take: TakeBytes = (bytes) => socket.emit('data', Buffer.from(bytes));
  const callback = (count: number, buffer: Uint8Array) => {
    take((buffer as Buffer).subarray(0, count));
    return true;
  };
  const reading = oneBuffer ? { onread: { buffer: Buffer.allocUnsafe(READ_BYTES), callback } } : {};
  const socket = net.connect({ ...(path === undefined ? { host, port } : { path }), ...reading });
  const receive = (taking: TakeBytes) => {
    if (oneBuffer) take = taking;
    else socket.on('data', taking);
  };
  return { socket, receive };
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

async function within<T>(socket: net.Socket, timeoutMs: number, open: () => Promise<T>): Promise<T> {
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
