import { printTable } from './table';

export default function tearDown(): void {
  printTable();
}
