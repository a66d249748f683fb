'use client';

export function EventScreen({ position }: { position: string }) {
  return <main className="p-6">{position}</main>;
}
