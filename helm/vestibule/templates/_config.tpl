{{/* The ports that gateways listen on, by name; 0 is off. */}}
{{- define "vestibule.ports" -}}
{{- $config := .Values.config -}}
{{- $https := dig "http" "tls" "port" 8443 $config -}}
http: {{ dig "http" "port" 8080 $config | int }}
{{- $secure := and (ne (include "vestibule.httpTlsSecret" .) "") (eq (include "vestibule.off" $https) "") }}
https: {{ ternary (int $https) 0 $secure }}
mqtts: {{ dig "mqtt" "tls" "port" 8883 $config | int }}
{{- $mqtt := dig "mqtt" "plain" "port" "off" $config }}
mqtt: {{ ternary (int $mqtt) 0 (eq (include "vestibule.off" $mqtt) "") }}
management: {{ dig "management" "port" 9090 $config | int }}
{{- end -}}

{{/* Something for a port that is off; YAML makes a bare off false. */}}
{{- define "vestibule.off" -}}
{{- if has (toString .) (list "off" "false" "") }}off{{ end -}}
{{- end -}}

{{- define "vestibule.mqttTlsSecret" -}}
{{ .Values.certManager.mqtt.enabled | ternary (printf "%s-mqtt-tls" (include "vestibule.name" .)) .Values.secrets.mqttTls.existingSecret }}
{{- end -}}

{{- define "vestibule.httpTlsSecret" -}}
{{ .Values.certManager.http.enabled | ternary (printf "%s-http-tls" (include "vestibule.name" .)) .Values.secrets.httpTls.existingSecret }}
{{- end -}}

{{/* Of a map: what has a value in it, at any depth. */}}
{{- define "vestibule.given" -}}
{{- $given := dict -}}
{{- range $key, $value := . -}}
  {{- if kindIs "map" $value -}}
    {{- $below := include "vestibule.given" $value | fromYaml -}}
    {{- if $below }}{{ $_ := set $given $key $below }}{{ end -}}
  {{- else if or (kindIs "bool" $value) (kindIs "float64" $value) (kindIs "int64" $value) $value -}}
    {{- $_ := set $given $key $value -}}
  {{- end -}}
{{- end -}}
{{- toYaml $given -}}
{{- end -}}

{{/* Paths in the configuration start from its directory, and so do those of the volume: they are the same. */}}
{{- define "vestibule.files" -}}
{{- $secrets := .Values.secrets -}}
mqtt:
  tls:
    certificate: mqtt/tls.crt
    key: mqtt/tls.key
    client-ca: doors/ca.crt
    {{- if $secrets.crl.existingSecret }}
    crl: doors/ca.crl
    {{- end }}
{{- if (include "vestibule.ports" . | fromYaml).https }}
http:
  tls:
    certificate: http/tls.crt
    key: http/tls.key
{{- end }}
{{- if $secrets.jwks.existingSecret }}
auth:
  jwks: auth/jwks.json
{{- end }}
signing:
  key:
    {{- range $secrets.signing.keys }}
    - signing/{{ . }}
    {{- end }}
{{- if .Values.redis.trial.enabled }}
redis:
  endpoints:
    {{- include "vestibule.redisUrls" . | nindent 4 }}
{{- end }}
{{- end -}}

{{/* The text of vestibule.yaml. */}}
{{- define "vestibule.config" -}}
{{- $config := include "vestibule.given" .Values.config | fromYaml -}}
{{- range list "http.tls" "mqtt.plain" -}}
  {{- $path := splitList "." . -}}
  {{- $section := dig (index $path 0) (index $path 1) dict $config -}}
  {{- if and (hasKey $section "port") (include "vestibule.off" $section.port) }}{{ $_ := set $section "port" "off" }}{{ end -}}
{{- end -}}
{{- if hasKey (dig "tracing" dict $config) "ratio" -}}
  {{- /* Not as 1e-05, which the gateway does not read. */ -}}
  {{- $_ := set $config.tracing "ratio" (regexReplaceAll "\\.?0+$" (printf "%.9f" (float64 $config.tracing.ratio)) "") -}}
{{- end -}}
{{- mergeOverwrite $config (include "vestibule.files" . | fromYaml) | toYaml -}}
{{- end -}}

{{/* The files beside it, each of its Secret. */}}
{{- define "vestibule.secretSources" -}}
{{- $secrets := .Values.secrets -}}
- secret:
    name: {{ include "vestibule.mqttTlsSecret" . | quote }}
    items:
      - key: {{ .Values.certManager.mqtt.enabled | ternary "tls.crt" $secrets.mqttTls.certificateKey | quote }}
        path: mqtt/tls.crt
      - key: {{ .Values.certManager.mqtt.enabled | ternary "tls.key" $secrets.mqttTls.keyKey | quote }}
        path: mqtt/tls.key
{{- if (include "vestibule.ports" . | fromYaml).https }}
- secret:
    name: {{ include "vestibule.httpTlsSecret" . | quote }}
    items:
      - key: {{ .Values.certManager.http.enabled | ternary "tls.crt" $secrets.httpTls.certificateKey | quote }}
        path: http/tls.crt
      - key: {{ .Values.certManager.http.enabled | ternary "tls.key" $secrets.httpTls.keyKey | quote }}
        path: http/tls.key
{{- end }}
- secret:
    name: {{ $secrets.clientCa.existingSecret | quote }}
    items:
      - key: {{ $secrets.clientCa.key | quote }}
        path: doors/ca.crt
{{- if $secrets.crl.existingSecret }}
- secret:
    name: {{ $secrets.crl.existingSecret | quote }}
    items:
      - key: {{ $secrets.crl.key | quote }}
        path: doors/ca.crl
{{- end }}
- secret:
    name: {{ $secrets.signing.existingSecret | quote }}
    items:
      {{- range $secrets.signing.keys }}
      - key: {{ . | quote }}
        path: signing/{{ . }}
      {{- end }}
{{- if $secrets.jwks.existingSecret }}
- secret:
    name: {{ $secrets.jwks.existingSecret | quote }}
    items:
      - key: {{ $secrets.jwks.key | quote }}
        path: auth/jwks.json
{{- end }}
{{- end -}}

{{/* Where Redis is, as a YAML list; empty where a Secret alone says so. */}}
{{- define "vestibule.redisUrls" -}}
{{- if .Values.redis.trial.enabled -}}
- redis://{{ include "vestibule.name" . }}-redis:6379
{{- else -}}
{{- dig "redis" "endpoints" list .Values.config | toYaml -}}
{{- end -}}
{{- end -}}

{{/* Of (list url default): its port. */}}
{{- define "vestibule.urlPort" -}}
{{- $port := urlParse (index . 0) | dig "host" "" | regexFind ":[0-9]+$" | trimPrefix ":" -}}
{{- default (index . 1) $port -}}
{{- end -}}
