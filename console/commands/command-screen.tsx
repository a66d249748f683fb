'use client';

import { Screen } from '#console/frame/screen.tsx';

export function CommandScreen({ commandType }: { commandType: string }) {
  return <Screen title={commandType}>{null}</Screen>;
}
