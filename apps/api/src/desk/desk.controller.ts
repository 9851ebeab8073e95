import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@app/domain/access';
import { ColleagueList } from '@app/features/directory/colleague-view.dto';
import { ColleaguesQueries } from '@app/features/directory/colleagues.queries';
import { type ReasonOption, ReferenceData } from '@app/features/directory/reference-data';
import { Allow, CurrentActor } from '@app/platform/access';
import { ReasonsView, type ReasonChoice } from './desk.dto';

/** What the menus of the desk offer. */
@ApiTags('reference')
@Controller()
export class DeskController {
  constructor(
    private readonly colleagues: ColleaguesQueries,
    private readonly reference: ReferenceData,
  ) {}

  /** People of one's own hub to whom work can be given, or of whom one can speak. */
  @Allow('tickets:assign')
  @Get('colleagues')
  async list(@CurrentActor() actor: Actor): Promise<ColleagueList> {
    return { items: await this.colleagues.list(actor) };
  }

  /** Reasons to choose from, with what they do to the clocks. */
  @Allow('tickets:escalate')
  @Get('reasons')
  reasons(): ReasonsView {
    return {
      hold: this.reference.reasons('hold_reasons').map(reasonView),
      escalation: this.reference.reasons('escalation_reasons').map(reasonView),
    };
  }
}

function reasonView({ code, fr, ar, pausesClock }: ReasonOption): ReasonChoice {
  return { code, nameFr: fr, nameAr: ar, pausesClock: pausesClock ?? false };
}
