import { formatBytes, formatCount } from '#console/format.ts';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { shownName } from './json-rows.ts';
import { TextView } from './text-view.tsx';

type Props = {
  title: string;
  /** Null while it is closed. */
  text: string | null;
  onClose(): void;
};

/** A long text, whole. */
export function TextDialog({ title, text, onClose }: Props) {
  if (text === null) return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={<span className="mono [overflow-wrap:anywhere]">{shownName(title)}</span>}
      note={`${formatCount(text.length)} characters, ${formatBytes(new Blob([text]).size)}`}
      foot={
        <CopyButton text={text} label="Copy all of it" variant="secondary">
          Copy all
        </CopyButton>
      }
      className="w-[880px]"
    >
      <TextView label={`All of ${shownName(title)}`} text={text} className="text-json-string" />
    </Dialog>
  );
}
