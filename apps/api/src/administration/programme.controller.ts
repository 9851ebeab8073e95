import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '@app/domain/access';
import { AgreementsService } from '@app/features/administration/agreements.service';
import { ManagedCategoriesService } from '@app/features/administration/managed-categories.service';
import { ManagedHubsService } from '@app/features/administration/managed-hubs.service';
import {
  AgreementList,
  AgreementView,
  ManagedCategory,
  ManagedCategoryList,
  ManagedHub,
  ManagedHubList,
  PlannedTerritoryList,
  SettingList,
  SettingView,
  SuspensionView,
  TerritoryChangeView,
  TerritoryImpact,
} from '@app/features/administration/programme-view.dto';
import { SettingsService } from '@app/features/administration/settings.service';
import { TerritoriesService } from '@app/features/administration/territories.service';
import { Allow, CurrentActor } from '@app/platform/access';
import { etagOf, IfMatch } from '@app/platform/precondition';
import { IdParams } from '../params.dto';
import { tagged, VERSION } from '../tagged';
import {
  AgreementBody,
  AgreementEndBody,
  CategoryBody,
  CategoryParams,
  ChangeHubBody,
  CreateCategoryBody,
  CreateHubBody,
  SettingBody,
  SettingParams,
  SuspensionBody,
  TerritoryBody,
} from './programme.dto';

const NEW_HUB = {
  managingNameFr: null,
  managingNameAr: null,
  seatCode: null,
  phone: null,
  callbackPhone: null,
  email: null,
  languages: ['ar', 'fr'],
};
const NEW_CATEGORY = {
  adviceLevel: 'orientation',
  needsValidation: false,
  defaultPriority: 'normal',
  defaultConfidentiality: 'normal',
  active: true,
} as const;

/** What the national programme arranges. */
@ApiTags('programme')
@ApiBearerAuth()
@Controller('programme')
@Allow('programme:manage')
export class ProgrammeController {
  constructor(
    private readonly hubs: ManagedHubsService,
    private readonly territories: TerritoriesService,
    private readonly agreements: AgreementsService,
    private readonly categories: ManagedCategoriesService,
    private readonly settings: SettingsService,
  ) {}

  /** All hubs with their people and open tickets. */
  @Get('hubs')
  async listHubs(@CurrentActor() actor: Actor): Promise<ManagedHubList> {
    return { items: await this.hubs.list(actor) };
  }

  /** A planned hub with the national hub's calendar, queues and rules. */
  @Post('hubs')
  async createHub(
    @CurrentActor() actor: Actor,
    @Body() { code, ...body }: CreateHubBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ManagedHub> {
    return tagged(reply, await this.hubs.create(actor, code, { ...NEW_HUB, ...body }));
  }

  @ApiHeader(VERSION)
  @Patch('hubs/:id')
  async changeHub(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() body: ChangeHubBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ManagedHub> {
    return tagged(reply, await this.hubs.change(actor, id, body, version));
  }

  /** What suspending a hub would move. */
  @Post('hubs/:id/suspension/impact')
  @HttpCode(200)
  suspensionImpact(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { interimHubId }: SuspensionBody,
  ): Promise<TerritoryImpact> {
    return this.territories.suspensionImpact(actor, id, interimHubId);
  }

  /** From today another hub answers for all its places; open tickets follow. */
  @ApiHeader(VERSION)
  @Post('hubs/:id/suspension')
  @HttpCode(200)
  async suspend(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @IfMatch() version: number,
    @Body() { interimHubId }: SuspensionBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SuspensionView> {
    const view = await this.territories.suspend(actor, id, interimHubId, version);
    void reply.header('etag', etagOf(view.hub.version));
    return view;
  }

  /** What hubs do for each other, past and planned. */
  @Get('agreements')
  async listAgreements(@CurrentActor() actor: Actor): Promise<AgreementList> {
    return { items: await this.agreements.list(actor) };
  }

  @Post('agreements')
  makeAgreement(@CurrentActor() actor: Actor, @Body() body: AgreementBody): Promise<AgreementView> {
    const { from = null, to = null, ...rest } = body;
    return this.agreements.make(actor, { ...rest, from, to });
  }

  /** Its first day without effect. */
  @Post('agreements/:id/end')
  @HttpCode(200)
  endAgreement(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { on }: AgreementEndBody,
  ): Promise<AgreementView> {
    return this.agreements.end(actor, id, on);
  }

  /** Who answers where, past and planned. */
  @Get('territories')
  async listTerritories(@CurrentActor() actor: Actor): Promise<PlannedTerritoryList> {
    return { items: await this.territories.list(actor) };
  }

  /** What a change would move. */
  @Post('territories/impact')
  @HttpCode(200)
  impact(@CurrentActor() actor: Actor, @Body() body: TerritoryBody): Promise<TerritoryImpact> {
    return this.territories.impact(actor, body);
  }

  /** From a day on, a hub answers for a place. */
  @Post('territories')
  changeTerritory(@CurrentActor() actor: Actor, @Body() body: TerritoryBody): Promise<TerritoryChangeView> {
    return this.territories.change(actor, body);
  }

  /** All categories, those put aside too. */
  @Get('categories')
  async listCategories(@CurrentActor() actor: Actor): Promise<ManagedCategoryList> {
    return { items: await this.categories.list(actor) };
  }

  @Post('categories')
  async createCategory(
    @CurrentActor() actor: Actor,
    @Body() { code, ...body }: CreateCategoryBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ManagedCategory> {
    const fields = { ...NEW_CATEGORY, nameEn: body.nameFr, ...body };
    return tagged(reply, await this.categories.create(actor, code, fields));
  }

  /** Categories are put aside, never deleted. */
  @ApiHeader(VERSION)
  @Patch('categories/:code')
  async changeCategory(
    @CurrentActor() actor: Actor,
    @Param() { code }: CategoryParams,
    @IfMatch() version: number,
    @Body() body: CategoryBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ManagedCategory> {
    return tagged(reply, await this.categories.change(actor, code, body, version));
  }

  /** Legal notice, emergency numbers, reasons to wait and to escalate. */
  @Get('settings')
  async listSettings(@CurrentActor() actor: Actor): Promise<SettingList> {
    return { items: await this.settings.list(actor) };
  }

  @ApiHeader(VERSION)
  @Put('settings/:key')
  async writeSetting(
    @CurrentActor() actor: Actor,
    @Param() { key }: SettingParams,
    @IfMatch() version: number,
    @Body() body: SettingBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingView> {
    return tagged(reply, await this.settings.write(actor, key, body, version));
  }
}
