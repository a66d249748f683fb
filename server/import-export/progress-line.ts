/** Writes one line of progress to stderr: over itself on a terminal, every two seconds elsewhere. */
export type ProgressLine = { show(text: string): void; end(text: string): void };

export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const intervalMs = stream.isTTY ? 100 : 2000;
  let shownAt = performance.now();
  return {
    show(text) {
      if (performance.now() - shownAt < intervalMs) return;
      shownAt = performance.now();
      stream.write(stream.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
    },
    end(text) {
      stream.write(stream.isTTY ? `\r\u001b[2K${text}\n` : `${text}\n`);
    },
  };
}

const numbers = new Intl.NumberFormat('en-GB');

/** Grouped digits, as everywhere. */
export function grouped(value: number): string {
  return numbers.format(Math.round(value));
}

/** `4 min 5 s`, for what is left. */
export function duration(seconds: number): string {
  const rounded = Math.ceil(seconds);
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}
