import { connect, type Socket } from 'node:net';

export type RawAnswer = { status: number; body: string };

/** Keeps so many connections open and asks one request at a time on each. */
export type RawClient = { ask(request: string): Promise<RawAnswer>; close(): void };

/**
 * A client that costs little beside the server it measures: request heads are texts, and of an answer only the length
 * is looked for. Node's own client takes as much of the processor as a bare server does.
 */
export async function openRawClient(port: number, connections: number): Promise<RawClient> {
  const opened = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  const free = [...opened];
  const waiting: ((connection: Connection) => void)[] = [];
  return {
    async ask(request) {
      const connection = free.pop() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)));
      try {
        return await connection.ask(request);
      } finally {
        const next = waiting.shift();
        if (next) next(connection);
        else free.push(connection);
      }
    },
    close() {
      for (const connection of opened) connection.socket.destroy();
    },
  };
}

/** The text of a request; with a body it is a POST of JSON. */
export function rawRequest(path: string, body?: object): string {
  const head = `${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  if (body === undefined) return `GET ${head}\r\n`;
  const text = JSON.stringify(body);
  return `POST ${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

type Connection = { socket: Socket; ask(request: string): Promise<RawAnswer> };

async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let buffered = '';
  let settle: { resolve(answer: RawAnswer): void; reject(error: Error): void } | undefined;
  const fail = (error: Error) => settle?.reject(error);
  // Answers are measured, not read as text: one character a byte keeps lengths right.
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    buffered = buffered === '' ? chunk : buffered + chunk;
    const answer = parseAnswer(buffered);
    if (answer === undefined) return;
    buffered = '';
    settle?.resolve(answer);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return {
    socket,
    ask(request) {
      return new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the server closed the connection'));
        settle = { resolve, reject };
        socket.write(request);
      });
    },
  };
}

/** Undefined while the answer is not whole. */
function parseAnswer(text: string): RawAnswer | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const status = Number(text.slice(9, 12));
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd + 2)) ?? [];
  const body = text.slice(headEnd + 4);
  if (length !== undefined) return body.length >= Number(length) ? { status, body } : undefined;
  return body.endsWith('0\r\n\r\n') ? { status, body: dechunked(body) } : undefined;
}

function dechunked(body: string): string {
  let text = '';
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, lineEnd), 16);
    if (!(size > 0)) return text;
    text += body.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 4 + size;
  }
}
