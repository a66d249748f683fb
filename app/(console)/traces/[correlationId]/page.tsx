import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readSegment } from '#console/routes.ts';
import { TraceScreen } from '#console/traces/trace-screen.tsx';

type Props = { params: Promise<{ correlationId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Trace ${readSegment((await params).correlationId)}` };
}

export default async function Page({ params }: Props) {
  const correlationId = readSegment((await params).correlationId);
  if (correlationId === null) notFound();
  return <TraceScreen correlationId={correlationId} />;
}
