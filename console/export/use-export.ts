'use client';

import { useEffect, useRef, useState } from 'react';
import { countLines, type ExportFilter, type ExportFormat } from './export-model.ts';
import { openExport, saveFile } from './open-export.ts';

export type ExportRun =
  | { kind: 'idle' }
  | { kind: 'running'; events: number; elapsedMs: number }
  | { kind: 'done'; events: number; elapsedMs: number }
  | { kind: 'failed'; events: number; message: string };

/** Pieces are joined at this size: the browser keeps large ones on its disk, not in its memory. */
const PART_BYTES = 8_000_000;
const PROGRESS_MS = 200;

/** Fetches an export as a stream, counts its events, and hands the file over when all of it has come. */
export function useExport() {
  const [run, setRun] = useState<ExportRun>({ kind: 'idle' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function start(filter: ExportFilter, format: ExportFormat) {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    const { signal } = controller;
    const startedAt = performance.now();
    let lines = 0;
    let shownAt = 0;
    const events = () => Math.max(0, lines - (format === 'csv' ? 1 : 0));
    const elapsedMs = () => performance.now() - startedAt;
    setRun({ kind: 'running', events: 0, elapsedMs: 0 });
    try {
      const answer = await openExport(filter, format, signal);
      if (answer.body === null) throw new Error('the server answered with nothing');
      const parts: Blob[] = [];
      let pieces: Uint8Array<ArrayBuffer>[] = [];
      let bytes = 0;
      const reader = answer.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        lines += countLines(piece.value);
        pieces.push(piece.value);
        bytes += piece.value.byteLength;
        if (bytes >= PART_BYTES) {
          parts.push(new Blob(pieces));
          pieces = [];
          bytes = 0;
        }
        if (elapsedMs() - shownAt < PROGRESS_MS) continue;
        shownAt = elapsedMs();
        setRun({ kind: 'running', events: events(), elapsedMs: shownAt });
      }
      if (signal.aborted) return;
      saveFile(new Blob([...parts, ...pieces]), nameOf(answer, format));
      setRun({ kind: 'done', events: events(), elapsedMs: elapsedMs() });
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      setRun({ kind: 'failed', events: events(), message });
    }
  }

  return {
    run,
    start: (filter: ExportFilter, format: ExportFormat) => void start(filter, format),
    cancel() {
      stop.current?.abort();
      setRun({ kind: 'idle' });
    },
  };
}

function nameOf(answer: Response, format: ExportFormat): string {
  return /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? `tidemark-events.${format}`;
}
