import { Fragment, type ReactNode } from 'react';
import { t, type Values } from './i18n';

const MARK = /(\uE000[^\uE001]*\uE001)/;

interface RichProps {
  id: string;
  values?: Values;
  /** Elements that take the place of `{name}`: dates, phones, links. */
  parts: Record<string, ReactNode>;
}

/** A sentence of the catalogue with elements inside it. */
export function Rich({ id, values = {}, parts }: RichProps) {
  const marks = Object.fromEntries(Object.keys(parts).map((name) => [name, `\uE000${name}\uE001`]));
  const pieces = t(id, { ...values, ...marks }).split(MARK);
  return (
    <>
      {pieces.map((piece, at) => (
        <Fragment key={at}>{piece.startsWith('\uE000') ? parts[piece.slice(1, -1)] : piece}</Fragment>
      ))}
    </>
  );
}
