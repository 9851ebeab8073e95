import { forgetTable } from './table';

export default function setUp(): void {
  process.env.FAULT_SEED ??= String(Date.now() % 1_000_000);
  console.log(`faults: FAULT_SEED=${process.env.FAULT_SEED}`);
  forgetTable();
}
