import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { DirectoryImport } from '@app/features/administration/directory-import.service';
import { ImportPreview, ImportResult } from '@app/features/administration/import-view.dto';
import { Allow, CurrentActor } from '@app/platform/access';
import { ImportBody, ImportPreviewBody } from './imports.dto';

/** A hub's list of associations and their contacts. */
@ApiTags('associations')
@Controller('directory-imports')
@Allow('associations:import')
export class ImportsController {
  constructor(private readonly imports: DirectoryImport) {}

  /** What the list holds, what is wrong in it and what may be there already. Nothing is written. */
  @Post('preview')
  @HttpCode(200)
  preview(@CurrentActor() actor: Actor, @Body() body: ImportPreviewBody): Promise<ImportPreview> {
    return this.imports.preview(actor, body);
  }

  /** Takes the list over as a whole, or nothing of it. */
  @Post()
  apply(@CurrentActor() actor: Actor, @Body() { decisions, ...source }: ImportBody): Promise<ImportResult> {
    return this.imports.apply(actor, source, decisions);
  }
}
