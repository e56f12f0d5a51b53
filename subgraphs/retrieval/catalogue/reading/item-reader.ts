import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { MedleyError, toRejection } from '../../../../src/runtime/errors.ts';
import type { Rejection } from '../../../../src/runtime/errors.ts';
import type { Catalogue } from './catalogue-file.ts';

/** One line of the source: its fields, or why they cannot be read. */
export interface SourceRecord {
  /** From 1, in the source file. */
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>> | Rejection;
}

export function isUnreadable(fields: SourceRecord['fields']): fields is Rejection {
  return 'code' in fields && fields.code === 'INVALID_ITEM' && Object.keys(fields).length === 2;
}

/** Streams the records of a catalogue; a line that cannot be read is told as such and the next one follows. */
export async function* readItems({ items }: Pick<Catalogue, 'items'>): AsyncGenerator<SourceRecord> {
  yield* readRecords(items.file === '-' ? process.stdin : await openFile(items.file), items.format);
}

/** Streams the records of a text of lines; one that cannot be read is told as such. */
export function readRecords(stream: Readable, format: Catalogue['items']['format']): AsyncGenerator<SourceRecord> {
  return format === 'csv' ? csvRecords(stream) : jsonRecords(stream);
}

async function openFile(file: string): Promise<Readable> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile())
    throw new MedleyError(
      'INVALID_CATALOGUE',
      `items.file: there is no file ${file}; paths are relative to the catalogue file`,
    );
  return createReadStream(file);
}

async function* jsonRecords(stream: Readable): AsyncGenerator<SourceRecord> {
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() !== '') yield { line, fields: parseLine(text) };
  }
}

function parseLine(text: string): SourceRecord['fields'] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    return unreadable(`a JSON object was expected, ${Array.isArray(value) ? 'a list' : typeof value} came`);
  } catch {
    return unreadable('the line is not JSON');
  }
}

async function* csvRecords(stream: Readable): AsyncGenerator<SourceRecord> {
  const parser = stream.pipe(
    parse({ columns: true, bom: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  stream.on('error', (error) => parser.destroy(error));
  try {
    for await (const record of parser as AsyncIterable<CsvRecord>) {
      const { info, record: fields } = record;
      yield {
        line: info.lines,
        fields: info.error ? unreadable(`the row does not fit the header: ${info.error.message}`) : fields,
      };
    }
  } catch (error) {
    yield { line: parser.info.lines, fields: unreadable(`the rest of the file cannot be read: ${reason(error)}`) };
  }
}

interface CsvRecord {
  readonly info: { readonly lines: number; readonly error?: Error };
  readonly record: Readonly<Record<string, unknown>>;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unreadable(message: string): Rejection {
  return toRejection(new MedleyError('INVALID_ITEM', `The line cannot be read: ${message}.`));
}
