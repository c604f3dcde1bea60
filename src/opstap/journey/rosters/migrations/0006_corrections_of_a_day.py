"""A correction of a day in a closed month: what counted, what should have, why, and what somebody else said of it."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0003_terms_of_a_site_per_association'),
        ('organisations', '0002_mentor_certified_until'),
        ('rosters', '0005_corrections_have_two'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DayCorrection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('was_state', models.CharField(blank=True, max_length=10)),
                ('was_minutes', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('here', 'here'), ('late', 'late'), ('excused', 'excused'), ('absent', 'absent')], max_length=10)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('proposed_by', models.CharField(max_length=200)),
                ('proposed_at', models.DateTimeField()),
                ('verdict', models.CharField(choices=[('waiting', 'waiting'), ('approved', 'approved'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('closing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rosters.workedmonth')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.contract')),
                ('decider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.site')),
            ],
            options={
                'ordering': ('on', 'proposed_at', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('verdict', 'waiting')), fields=('contract', 'on'), name='day_correction_waits_once'), models.CheckConstraint(condition=models.Q(models.Q(('minutes__gt', 0), ('minutes__lte', 720), ('state__in', ('here', 'late'))), models.Q(('minutes', 0), ('state__in', ('excused', 'absent'))), _connector='OR'), name='corrected_day_has_minutes'), models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ('approved', 'refused')), _negated=True), models.Q(('decider__isnull', False), models.Q(('decider', models.F('proposer')), _negated=True)), _connector='OR'), name='day_correction_has_two'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(models.Q(('verdict', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR')), name='day_correction_says_why')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='daycorrection',
            trigger=pgtrigger.compiler.Trigger(name='decided_correction_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."verdict" = \'waiting\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='57c73a2602314dd93c1ba6a653de3957347da152', operation='UPDATE', pgid='pgtrigger_decided_correction_stays_29750', table='rosters_daycorrection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='daycorrection',
            trigger=pgtrigger.compiler.Trigger(name='day_correction_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='092471012502d384d6585d87798dbad574e762c2', operation='DELETE', pgid='pgtrigger_day_correction_is_kept_bed20', table='rosters_daycorrection', when='BEFORE')),
        ),
    ]
