/** What is wrong with a group of fields, read out when it appears. */
export function FaultLine({ text, id }: { text: string | null; id?: string }) {
  if (text === null) return null;
  return (
    <p id={id} className="rl-fault" role="alert">
      {text}
    </p>
  );
}
