'use client';

export function StreamsScreen() {
  return <main className="p-6">Streams</main>;
}
