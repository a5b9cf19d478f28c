"""The stages by name: a task names its stage, so that it can be done by any process."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dragoman.run.merging import actors, events, outcomes, publish
from dragoman.run.merging.task import Stage

STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        stage.__name__: stage
        for stage in (
            actors.members,
            actors.grouped,
            actors.named,
            actors.crowds,
            actors.linked,
            actors.gathered,
            actors.joined,
            actors.met,
            actors.texts,
            actors.copied,
            events.told,
            events.windows,
            events.near,
            events.parted,
            events.merged,
            events.states,
            outcomes.retold,
            outcomes.finished,
            outcomes.matched,
            outcomes.settled,
            publish.published,
        )
    }
)
