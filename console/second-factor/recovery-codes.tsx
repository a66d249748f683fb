'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#console/ui/button.tsx';
import { Checkbox } from '#console/ui/checkbox.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';

type Props = {
  codes: readonly string[];
  /** What the last button says. */
  done: string;
  onDone: () => void;
};

/** The codes that stand in for a lost phone, in the only moment in which they can be read. */
export function RecoveryCodes({ codes, done, onDone }: Props) {
  const [kept, setKept] = useState(false);
  const text = `Recovery codes for Tidemark at ${window.location.host}. Each works once.\n\n${codes.join('\n')}\n`;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">
        Each signs you in once, in place of the app: for the day the phone is lost. They are shown now and never again.
      </p>
      <ol
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-control border border-line bg-surface px-3 py-2.5 min-[23rem]:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code} className="mono whitespace-nowrap">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CopyButton variant="secondary" text={text} label="Copy the recovery codes">
          Copy
        </CopyButton>
        <Button onClick={() => download(text)}>
          <Download strokeWidth={1.75} aria-hidden />
          Download
        </Button>
      </div>
      <Checkbox checked={kept} onChange={setKept}>
        I have kept them where I find them without this device
      </Checkbox>
      <Button size="lg" variant="primary" disabled={!kept} onClick={onDone}>
        {done}
      </Button>
    </div>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'tidemark-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}
