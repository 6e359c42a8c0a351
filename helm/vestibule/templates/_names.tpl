{{/*
The name of all objects: with 17 characters of a pod's own behind it no host name is cut, since that is the gateway's id.
Quote it where nothing stands behind it: it may be `no`.
*/}}
{{- define "vestibule.name" -}}
{{- $name := .Values.fullnameOverride -}}
{{- if not $name -}}
{{- $name = contains "vestibule" .Release.Name | ternary .Release.Name (printf "%s-vestibule" .Release.Name) -}}
{{- end -}}
{{- $name | trunc 46 | trimSuffix "-" -}}
{{- end -}}

{{/*
Of (list $ component): what Services find pods by. It must not change from version to version: a Deployment's cannot.
Quoted, since YAML takes a release called `no` or `2024` for something else than a text.
*/}}
{{- define "vestibule.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: vestibule
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* Of (list $ component). */}}
{{- define "vestibule.labels" -}}
{{- $root := index . 0 -}}
{{ include "vestibule.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Of (list image tag). */}}
{{- define "vestibule.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ index . 1 }}
{{- end -}}
{{- end -}}

{{/* Of a pod of this chart, whatever its image. */}}
{{- define "vestibule.pullSecrets" -}}
{{- with .Values.image.pullSecrets -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "vestibule.serviceAccount" -}}
{{- if .Values.serviceAccount.name -}}
{{ .Values.serviceAccount.name }}
{{- else -}}
{{ .Values.serviceAccount.create | ternary (include "vestibule.name" .) "default" }}
{{- end -}}
{{- end -}}

{{/* What is Kubernetes' business of a user: none with rights. */}}
{{- define "vestibule.podSecurity" -}}
runAsNonRoot: true
{{- if not .Values.security.userByCluster }}
runAsUser: {{ int .Values.security.userId }}
runAsGroup: {{ int .Values.security.userId }}
fsGroup: {{ int .Values.security.userId }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "vestibule.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end -}}

{{/* Of resources: a limit of the processor only where there is one. */}}
{{- define "vestibule.resources" -}}
requests:
  cpu: {{ .requests.cpu | toString | quote }}
  memory: {{ .requests.memory }}
limits:
  {{- if .limits.cpu }}
  cpu: {{ .limits.cpu | toString | quote }}
  {{- end }}
  memory: {{ .limits.memory }}
{{- end -}}
