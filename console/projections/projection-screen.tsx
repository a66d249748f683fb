'use client';

export function ProjectionScreen({ name }: { name: string }) {
  return <main className="p-6">{name}</main>;
}
