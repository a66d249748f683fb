'use client';

import { Screen } from '#console/frame/screen.tsx';

export function StreamScreen({ streamId }: { streamId: string }) {
  return <Screen title={streamId}>{null}</Screen>;
}
