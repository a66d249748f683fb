'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '#console/account/use-account.ts';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { EventPrivacy as About } from '#server/privacy/privacy.ts';
import { ForgetSheet } from './forget-sheet.tsx';
import { hasPrivate, listed } from './privacy-words.ts';
import { RedactSheet } from './redact-sheet.tsx';
import { RevealDialog } from './reveal-dialog.tsx';

type Props = {
  event: RecordedEvent;
  revealed: boolean;
  /** Null masks them again. */
  onRevealed(data: JsonObject | null): void;
};

type Act = 'reveal' | 'redact' | 'forget';

/** What of an event is not for everybody, and what may be done about it; only what the caller may do is offered. */
export function EventPrivacy({ event, revealed, onRevealed }: Props) {
  const trpc = useTRPC();
  const { globalPosition, eventType } = event;
  const [act, setAct] = useState<Act | null>(null);
  const may = useMay();
  const query = useQuery(
    trpc.privacy.about.queryOptions({ globalPosition }, { enabled: hasPrivate(event.data as JsonObject) }),
  );
  const about = query.data;
  const shut = about === undefined ? [] : about.masked.filter((name) => !about.forgotten.includes(name));
  const close = () => setAct(null);
  return (
    <>
      <PrivacyWords about={about} />
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {shut.length > 0 && !revealed && may('payload.reveal') && (
          <Button onClick={() => setAct('reveal')}>Reveal…</Button>
        )}
        {revealed && <Button onClick={() => onRevealed(null)}>Mask again</Button>}
        {about?.subject != null && shut.length > 0 && may('privacy.act') && (
          <Button variant="danger" onClick={() => setAct('forget')}>
            Forget this person…
          </Button>
        )}
        {about?.redacted == null && may('privacy.act') && (
          <Button variant="danger" onClick={() => setAct('redact')}>
            Redact…
          </Button>
        )}
      </div>
      {act === 'reveal' && (
        <RevealDialog globalPosition={globalPosition} fields={shut} onRevealed={onRevealed} onClose={close} />
      )}
      {act === 'redact' && <RedactSheet globalPosition={globalPosition} eventType={eventType} onClose={close} />}
      {act === 'forget' && about?.subject != null && <ForgetSheet subject={about.subject} onClose={close} />}
    </>
  );
}

function PrivacyWords({ about }: { about: About | undefined }) {
  const zone = useZone();
  if (about === undefined) return <p className="text-ink-2">Nothing of it is masked.</p>;
  const { masked, forgotten, redacted, subject } = about;
  const shut = masked.filter((name) => !forgotten.includes(name));
  if (redacted !== null) {
    return (
      <p className="text-ink-2">
        Redacted by {redacted.actor}, {formatTime(redacted.at, zone, { date: 'always' })}: {redacted.reason}
      </p>
    );
  }
  return (
    <ul className="text-ink-2">
      {shut.length > 0 && (
        <li>
          <code>{listed(shut)}</code> {shut.length === 1 ? 'is' : 'are'} masked
          {subject === null ? (
            '.'
          ) : (
            <>
              : sealed for <code>{subject}</code>.
            </>
          )}
        </li>
      )}
      {forgotten.length > 0 && (
        <li>
          <code>{listed(forgotten)}</code> {forgotten.length === 1 ? 'was' : 'were'} forgotten: the key is destroyed.
        </li>
      )}
    </ul>
  );
}
