import { type ExportFilter, type ExportFormat, exportAddress } from './export-model.ts';

/** Begins an export. Rejects with the server's own sentence where it refuses. */
export async function openExport(filter: ExportFilter, format: ExportFormat, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(exportAddress(filter, format), { ...(signal && { signal }) });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => null)) as { detail?: string } | null;
  throw new Error(problem?.detail ?? `the server answered ${answer.status}`);
}

/** Has the browser save what an address gives, past the page. */
export function saveAddress(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}

/** Hands a file over to the browser to be saved. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken the file by the next minute; a URL that is never given back keeps it for as long as the page.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
