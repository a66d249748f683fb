'use client';

import { Filter } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#console/ui/button.tsx';
import { Checkbox } from '#console/ui/checkbox.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input, InputGroup, Textarea } from '#console/ui/input.tsx';
import { Kbd } from '#console/ui/kbd.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { Select } from '#console/ui/select.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import { Tooltip } from '#console/ui/tooltip.tsx';
import { Row, Sample } from './sample.tsx';

const CARRIERS = [
  { value: 'dhl', label: 'DHL' },
  { value: 'ups', label: 'UPS', note: 'from 4 kg' },
] as const;

/** Buttons, inputs, and what opens over the page. */
export function Controls() {
  const [on, setOn] = useState(true);
  const [view, setView] = useState<'lanes' | 'table'>('lanes');
  const [carrier, setCarrier] = useState<'dhl' | 'ups'>('dhl');
  const [open, setOpen] = useState<'sheet' | 'dialog' | null>(null);
  const close = (next: boolean) => {
    if (!next) setOpen(null);
  };
  return (
    <>
      <Sample title="Buttons">
        <Row>
          <Button variant="primary">Open form</Button>
          <Button>Open projection</Button>
          <Button variant="ghost">Copy query</Button>
          <Button variant="danger">Skip…</Button>
          <Button variant="danger-solid">Skip 12 messages</Button>
          <Button disabled>Rebuild as v3</Button>
          <span className="text-ink-3 text-small">a reason is missing</span>
          <CopyButton text="npm start" label="Copy npm start" />
          <Tooltip content="Ends when the checkpoint meets the mark">
            <Button>With a tooltip</Button>
          </Tooltip>
          <Kbd>Ctrl K</Kbd>
        </Row>
        <Row>
          <Segmented
            label="View"
            value={view}
            onChange={setView}
            items={[
              { value: 'lanes', label: 'Lanes' },
              { value: 'table', label: 'Table' },
            ]}
          />
          <Segmented
            label="View, small"
            small
            value={view}
            onChange={setView}
            items={[
              { value: 'lanes', label: '15 min' },
              { value: 'table', label: '1 h' },
            ]}
          />
          <Checkbox checked={on} onChange={setOn}>
            Keys are on
          </Checkbox>
          <Checkbox checked={false} partly onChange={setOn}>
            Some of them
          </Checkbox>
          <Button onClick={() => setOpen('sheet')}>Open a sheet…</Button>
          <Button onClick={() => setOpen('dialog')}>Open a dialog…</Button>
        </Row>
      </Sample>
      <Sample title="Inputs">
        <div className="grid max-w-4xl gap-4 sm:grid-cols-3">
          <Field label="trackingNumber" help="As the carrier prints it">
            <Input mono placeholder="0034…" />
          </Field>
          <Field label="quantity" error="must be a whole number from 1">
            <Input defaultValue="-3" />
          </Field>
          <Field label="Expected version" hint="read with the stream">
            <Input readOnly value="2" mono />
          </Field>
          <Field label="carrier">
            <Select items={CARRIERS} value={carrier} onChange={setCarrier} />
          </Field>
          <Field label="Filter">
            <InputGroup
              placeholder="Filter events"
              before={<Filter strokeWidth={1.75} aria-hidden />}
              after={<Kbd>/</Kbd>}
            />
          </Field>
          <Field label="Reason" hint="kept in the audit">
            <Textarea defaultValue="carrier webhook was lost" />
          </Field>
        </div>
      </Sample>
      <Sheet
        open={open === 'sheet'}
        onOpenChange={close}
        title="A sheet of 400 px"
        note="Nothing has happened yet"
        foot={<Button onClick={() => setOpen(null)}>Cancel</Button>}
      >
        <p>It comes in from the right and keeps the page in sight.</p>
      </Sheet>
      <Dialog open={open === 'dialog'} onOpenChange={close} title="A dialog" note="For a question or a short list">
        <p>It stands in the upper third of the page.</p>
      </Dialog>
    </>
  );
}
