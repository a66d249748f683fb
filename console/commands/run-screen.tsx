'use client';

import { Screen } from '#console/frame/screen.tsx';

export function RunScreen({ commandId }: { commandId: string }) {
  return <Screen title={commandId}>{null}</Screen>;
}
