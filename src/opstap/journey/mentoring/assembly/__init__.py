"""The dated numbers of mentoring, and the certificate on paper."""

from opstap.journey.mentoring.assembly.numbers import (
    CertificateRule,
    LumpSum,
    PackageRule,
    certificate_ends,
    certificate_rule,
    package_rule,
)
from opstap.journey.mentoring.assembly.papers import certificate_paper

__all__ = [
    "CertificateRule",
    "LumpSum",
    "PackageRule",
    "certificate_ends",
    "certificate_paper",
    "certificate_rule",
    "package_rule",
]
