/** Something the operator must put right before Sanad can start; `message` is the one sentence to show, without a stack. */
export class StartupProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartupProblem';
  }
}

const FILE_PROBLEMS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'part of that path is not a folder',
  ENOTDIR: 'part of that path is not a folder',
  ENOENT: 'that path cannot be created',
};

/** Turns a refusal of the file system into one sentence; every other error comes back unchanged. */
export function explainFileError(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const reason = code === undefined ? undefined : FILE_PROBLEMS[code];
  if (reason === undefined) return error;
  return new StartupProblem(
    `Sanad cannot write to ${folder} (${reason}): make it writable for this user, or choose another folder with SANAD_VAR.`,
  );
}
