"""Renders k8s/ and checks it offline: against schemas, against our policies, and each reference against its target."""
