type Closing = { stop?(): Promise<void>; close?(): Promise<void> };

/** For a process that a test or a measurement forked: says that it runs; ends in order at SIGTERM, at once when its parent is gone. */
export function endWithParent(...parts: Closing[]): void {
  process.send?.('started');
  process.on('SIGTERM', () => {
    void (async () => {
      for (const part of parts) await (part.stop ?? part.close)?.();
      process.exit(0);
    })();
  });
  process.on('disconnect', () => process.exit(0));
}
