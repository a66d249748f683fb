import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ExperimentScreen } from '#console/compare/experiment-screen.tsx';
import { readSegment } from '#console/routes.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Compare ${readSegment((await params).id) ?? ''}` };
}

export default async function Page({ params }: Props) {
  const id = readSegment((await params).id);
  if (id === null) notFound();
  return <ExperimentScreen id={id} />;
}
