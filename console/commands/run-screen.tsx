'use client';

export function RunScreen({ commandId }: { commandId: string }) {
  return <main className="p-6">{commandId}</main>;
}
