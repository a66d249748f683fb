import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ProjectionScreen } from '#console/projections/projection-screen.tsx';
import { readSegment } from '#console/routes.ts';

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: readSegment((await params).name) };
}

export default async function Page({ params }: Props) {
  const name = readSegment((await params).name);
  if (name === null) notFound();
  return <ProjectionScreen name={name} />;
}
