'use client';

export function ProjectionsScreen() {
  return <main className="p-6">Projections</main>;
}
