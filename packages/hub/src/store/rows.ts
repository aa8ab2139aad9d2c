import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { StoreError } from "./store-error.ts";

/** A row as SQLite gives it; a damaged file may hold anything in any column. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** One row of a statement that always has one. */
export function oneRow(statement: StatementSync, table: string, ...values: SQLInputValue[]): Row {
  const row = statement.get(...values);
  if (row === undefined)
    throw new StoreError({ code: "STORE_DAMAGED", what: `table ${table}`, expected: "a row", actual: "none" });
  return row;
}

export function textIn(row: Row | undefined, column: string): string {
  const value = row?.[column];
  if (typeof value !== "string") throw wrongType(column, "text", value);
  return value;
}

export function integerIn(row: Row | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw wrongType(column, "an integer", value);
  return value;
}

export function bytesIn(row: Row | undefined, column: string): Buffer {
  const value = row?.[column];
  if (!(value instanceof Uint8Array)) throw wrongType(column, "bytes", value);
  return Buffer.from(value.buffer, value.byteOffset, value.length);
}

export function nullableTextIn(row: Row, column: string): string | null {
  return row[column] === null ? null : textIn(row, column);
}

function wrongType(column: string, expected: string, actual: unknown): StoreError {
  return new StoreError({ code: "STORE_DAMAGED", what: `column ${column}`, expected, actual: typeof actual });
}
