const LONGEST_STOP_MS = 30_000;

/**
 * Runs a process: start, then wait for the first signal and stop in order. A further signal changes nothing, because the launcher
 * and the terminal both send one. A fault nobody caught ends the process: its state cannot be trusted.
 */
export function runProcess(start: () => Promise<() => Promise<void>>): void {
  let stop: (() => Promise<void>) | null = null;
  let stopping = false;
  const end = (code: number): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    Promise.resolve(stop?.()).then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.on('uncaughtException', (error) => fail(error, end));
  process.on('unhandledRejection', (error) => fail(error as Error, end));
  start().then(
    (stopIt) => {
      stop = stopIt;
    },
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
}

function fail(error: Error, end: (code: number) => void): void {
  console.error(
    JSON.stringify({
      level: 60,
      msg: 'fault nobody caught',
      name: error.name,
      stack: error.stack?.split('\n').slice(0, 12),
    }),
  );
  end(1);
}
