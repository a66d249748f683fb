'use client';

export function StreamScreen({ streamId }: { streamId: string }) {
  return <main className="p-6">{streamId}</main>;
}
