import type { ServerResponse } from 'node:http';
import { endTogether } from './end-together.ts';

/**
 * Sends JSON whole, with its length: Node then writes head and body by one call and not in chunks, which is a fifth of
 * a small answer's processor time.
 */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  { type = 'application/json', text = JSON.stringify(body) }: { type?: string; text?: string } = {},
): void {
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, ['Content-Type', type, 'Content-Length', String(bytes), 'Cache-Control', 'no-store']);
  // A text of as many bytes as signs is ASCII, which is copied; as UTF-8 it is measured and encoded once more.
  endTogether(response, text, bytes === text.length ? 'latin1' : 'utf8');
}
