'use client';

import { Screen } from '#console/frame/screen.tsx';

export function EventScreen({ position }: { position: string }) {
  return <Screen title={position}>{null}</Screen>;
}
