{{/*
What makes no sense, each as a sentence that names the value and the mend. The lists below return a YAML list each, so that
all faults are told at once.
*/}}
{{- define "vestibule.check" -}}
{{- $faults := list -}}
{{- range list "redis" "secrets" "listeners" "times" "memory" "replicas" "services" "ingress" "network" "images" "names" -}}
  {{- $faults = concat $faults (include (printf "vestibule.faults.%s" .) $ | fromYamlArray) -}}
{{- end -}}
{{- if $faults -}}
  {{- fail (printf "\n%s" (join "\n" $faults)) -}}
{{- end -}}
{{- end -}}

{{- define "vestibule.faults.redis" -}}
{{- $faults := list -}}
{{- $redis := default dict .Values.config.redis -}}
{{- $endpoints := default list $redis.endpoints -}}
{{- $mode := default "standalone" $redis.mode -}}
{{- $secret := .Values.secrets.redis.existingSecret -}}
{{- $trial := .Values.redis.trial.enabled -}}
{{- $sources := 0 -}}
{{- if $endpoints }}{{ $sources = add $sources 1 }}{{ end -}}
{{- if $secret }}{{ $sources = add $sources 1 }}{{ end -}}
{{- if $trial }}{{ $sources = add $sources 1 }}{{ end -}}
{{- if eq (int $sources) 0 -}}
  {{- $faults = append $faults "config.redis.endpoints is empty: name your Redis there, or a Secret with its URL in secrets.redis.existingSecret, or set redis.trial.enabled for a trial." -}}
{{- end -}}
{{- if gt (int $sources) 1 -}}
  {{- $faults = append $faults "config.redis.endpoints, secrets.redis.existingSecret and redis.trial.enabled say each where Redis is: keep one of them." -}}
{{- end -}}
{{- range $endpoints -}}
  {{- if or (contains "@" .) (contains "password=" .) -}}
    {{- $faults = append $faults "config.redis.endpoints has a URL with a user or a password, which a ConfigMap would show: put the URLs into a Secret and name it in secrets.redis.existingSecret." -}}
  {{- else if regexMatch "://(localhost|127\\.|\\[::1\\])" . -}}
    {{- $faults = append $faults (printf "config.redis.endpoints has %s, which is the pod itself: name a Service or a host, or set redis.trial.enabled for a trial." .) -}}
  {{- end -}}
  {{- $port := include "vestibule.urlPort" (list . 6379) | int -}}
  {{- if or (lt $port 1) (gt $port 65535) -}}
    {{- $faults = append $faults (printf "config.redis.endpoints has %s, whose port there cannot be: set one from 1 to 65535." .) -}}
  {{- end -}}
  {{- if and (contains "master=" .) (ne $mode "sentinel") -}}
    {{- $faults = append $faults (printf "config.redis.endpoints has %s with a master, which Sentinels alone are asked for, where config.redis.mode is %s: remove it, or set the mode to sentinel." . $mode) -}}
  {{- end -}}
{{- end -}}
{{- if and (eq $mode "standalone") (gt (len $endpoints) 1) -}}
  {{- $faults = append $faults "config.redis.endpoints has several URLs where config.redis.mode is standalone: keep one, or set the mode to sentinel or cluster." -}}
{{- end -}}
{{- if and $trial (ne $mode "standalone") -}}
  {{- $faults = append $faults (printf "config.redis.mode is %s, but redis.trial.enabled makes a single Redis: remove config.redis.mode, or the trial." $mode) -}}
{{- end -}}
{{- if eq (toString $redis.embedded) "true" -}}
  {{- $faults = append $faults "config.redis.embedded would give each gateway a Redis of its own that a restart empties: remove it, and set redis.trial.enabled for a trial." -}}
{{- end -}}
{{- $durability := dig "store" "durability" "primary" .Values.config -}}
{{- if and (eq $mode "cluster") (ne $durability "primary") -}}
  {{- $faults = append $faults (printf "config.store.durability is %s, which a cluster cannot confirm: set it to primary, or config.redis.mode to standalone or sentinel." $durability) -}}
{{- end -}}
{{- if and $trial (eq $durability "replica") -}}
  {{- $faults = append $faults "config.store.durability is replica, but the Redis of redis.trial.enabled has none: set it to primary." -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.secrets" -}}
{{- $faults := list -}}
{{- $root := . -}}
{{- $secrets := .Values.secrets -}}
{{- range $listener, $name := dict "mqtt" "MQTT" "http" "HTTP" -}}
  {{- $secret := get $secrets (printf "%sTls" $listener) -}}
  {{- $made := get $root.Values.certManager $listener -}}
  {{- if and $made.enabled $secret.existingSecret -}}
    {{- $faults = append $faults (printf "secrets.%sTls.existingSecret and certManager.%s.enabled both give the certificate of %s: keep one of them." $listener $listener $name) -}}
  {{- end -}}
  {{- if and $made.enabled (not $root.Values.certManager.issuerRef.name) -}}
    {{- $faults = append $faults (printf "certManager.issuerRef.name is empty where certManager.%s.enabled asks for a certificate: name your issuer." $listener) -}}
  {{- end -}}
  {{- if and $made.enabled (not $made.dnsNames) -}}
    {{- $faults = append $faults (printf "certManager.%s.dnsNames is empty: list the names that clients of %s connect to." $listener $name) -}}
  {{- end -}}
{{- end -}}
{{- if not (include "vestibule.mqttTlsSecret" .) -}}
  {{- $faults = append $faults "secrets.mqttTls.existingSecret is empty: doors connect over TLS, so name a Secret with certificate and key, or set certManager.mqtt.enabled." -}}
{{- end -}}
{{- $https := dig "http" "tls" "port" "" .Values.config -}}
{{- if and (not (include "vestibule.off" $https)) (not (include "vestibule.httpTlsSecret" .)) -}}
  {{- $faults = append $faults (printf "config.http.tls.port is %d without a certificate: name a Secret in secrets.httpTls.existingSecret, or set certManager.http.enabled, or the port to off." (int $https)) -}}
{{- end -}}
{{- if not $secrets.clientCa.existingSecret -}}
  {{- $faults = append $faults "secrets.clientCa.existingSecret is empty: name a Secret with the CA that signs the certificates of doors." -}}
{{- end -}}
{{- if not $secrets.signing.existingSecret -}}
  {{- $faults = append $faults "secrets.signing.existingSecret is empty: name a Secret with the key that signs commands to doors." -}}
{{- end -}}
{{- if ne (len $secrets.signing.keys) (len (uniq $secrets.signing.keys)) -}}
  {{- $faults = append $faults "secrets.signing.keys names an entry twice: keep one." -}}
{{- end -}}
{{- $auth := default dict .Values.config.auth -}}
{{- range $key, $claim := dict "issuer" "iss" "audience" "aud" -}}
  {{- if not (get $auth $key) -}}
    {{- $faults = append $faults (printf "config.auth.%s is empty: set the %s that bearer tokens of your issuer carry." $key $claim) -}}
  {{- end -}}
{{- end -}}
{{- if and (not $auth.jwks) (not $secrets.jwks.existingSecret) -}}
  {{- $faults = append $faults "config.auth.jwks is empty: set the URL of your issuer's keys, or name a Secret with them in secrets.jwks.existingSecret." -}}
{{- else if and $auth.jwks $secrets.jwks.existingSecret -}}
  {{- $faults = append $faults "config.auth.jwks and secrets.jwks.existingSecret both give the issuer's keys: keep one of them." -}}
{{- else if and $auth.jwks (not (regexMatch "^https?://[^/@]+" $auth.jwks)) -}}
  {{- $faults = append $faults (printf "config.auth.jwks is %s, which is no file of the pod and no URL: set an http(s) URL, or name a Secret in secrets.jwks.existingSecret." $auth.jwks) -}}
{{- else if regexMatch "://(localhost|127\\.|\\[::1\\])" (toString $auth.jwks) -}}
  {{- $faults = append $faults (printf "config.auth.jwks is %s, which is the pod itself: name the host of your issuer, or a Secret in secrets.jwks.existingSecret." $auth.jwks) -}}
{{- end -}}
{{- if and .Values.certManager.http.enabled (not (include "vestibule.ports" . | fromYaml).https) -}}
  {{- $faults = append $faults "certManager.http.enabled makes a certificate that nothing uses, since config.http.tls.port is off: set a port, or certManager.http.enabled to false." -}}
{{- end -}}
{{- $files := dict "http.tls.certificate" "httpTls" "http.tls.key" "httpTls" "mqtt.tls.certificate" "mqttTls" "mqtt.tls.key" "mqttTls" "mqtt.tls.client-ca" "clientCa" "mqtt.tls.crl" "crl" "signing.key" "signing" -}}
{{- range $key, $secret := $files -}}
  {{- $value := $root.Values.config -}}
  {{- range splitList "." $key -}}
    {{- $value = kindIs "map" $value | ternary (get (kindIs "map" $value | ternary $value dict) .) "" -}}
  {{- end -}}
  {{- if $value -}}
    {{- $faults = append $faults (printf "config.%s names a file, and only a Secret brings one into the pod: name it in secrets.%s.existingSecret instead." $key $secret) -}}
  {{- end -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.listeners" -}}
{{- $faults := list -}}
{{- $keys := dict "http" "http.port" "https" "http.tls.port" "mqtts" "mqtt.tls.port" "mqtt" "mqtt.plain.port" "management" "management.port" -}}
{{- $taken := dict -}}
{{- range $name, $port := include "vestibule.ports" . | fromYaml -}}
  {{- $key := get $keys $name -}}
  {{- if and $port (lt (int $port) 1024) -}}
    {{- $faults = append $faults (printf "config.%s is %d, which a container without rights may not open: take one from 1024 on, and let the port of the Service be %d." $key (int $port) (int $port)) -}}
  {{- end -}}
  {{- if and $port (hasKey $taken (toString $port)) -}}
    {{- $faults = append $faults (printf "config.%s is %d, and so is config.%s: two listeners never share a port, change one." $key (int $port) (get $taken (toString $port))) -}}
  {{- end -}}
  {{- $_ := set $taken (toString $port) $key -}}
{{- end -}}
{{- range list "http" "mqtt" "management" -}}
  {{- $host := dig . "host" "" $.Values.config -}}
  {{- if regexMatch "^(localhost|127\\.|::1|\\[::1\\])" $host -}}
    {{- $faults = append $faults (printf "config.%s.host is %s, which nobody outside of the pod reaches: remove it, and restrict who may connect by networkPolicy." . $host) -}}
  {{- end -}}
{{- end -}}
{{- if dig "node" "id" "" .Values.config -}}
  {{- $faults = append $faults "config.node.id would be the same on every gateway, and doors be sought on the wrong one: remove it, each has its pod's name." -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}

{{- define "vestibule.faults.times" -}}
{{- $faults := list -}}
{{- $grace := int64 .Values.termination.graceSeconds -}}
{{- $least := include "vestibule.graceSecondsMin" . | int64 -}}
{{- $deadline := dig "unlock" "deadline" "8s" .Values.config -}}
{{- $ack := dig "unlock" "ack-timeout" "5s" .Values.config -}}
{{- if and $grace (le $grace $least) -}}
  {{- $faults = append $faults (printf "termination.graceSeconds is %d, but with config.unlock.deadline of %s and termination.preStopSeconds of %d a drain takes up to %d s: set more than that, or 0 to have it computed." $grace $deadline (int64 .Values.termination.preStopSeconds) $least) -}}
{{- end -}}
{{- if le (include "vestibule.milliseconds" $deadline | int64) (include "vestibule.milliseconds" $ack | int64) -}}
  {{- $faults = append $faults (printf "config.unlock.deadline is %s, and config.unlock.ack-timeout is %s: the deadline has to be the longer one." $deadline $ack) -}}
{{- end -}}
{{- $bounds := dict "cache.age-max" (list "400ms" "60s") "node.lease" (list "1s" "5s") "unlock.deadline" (list "1s" "60s") "unlock.ack-timeout" (list "500ms" "30s") -}}
{{- range $key, $bound := $bounds -}}
  {{- $path := splitList "." $key -}}
  {{- $given := dig (index $path 0) (index $path 1) (first $bound) $.Values.config -}}
  {{- $milliseconds := include "vestibule.milliseconds" $given | int64 -}}
  {{- if or (lt $milliseconds (include "vestibule.milliseconds" (first $bound) | int64)) (gt $milliseconds (include "vestibule.milliseconds" (last $bound) | int64)) -}}
    {{- $faults = append $faults (printf "config.%s is %s, which no gateway takes: set a duration from %s to %s." $key $given (first $bound) (last $bound)) -}}
  {{- end -}}
{{- end -}}
{{- $duration := include "vestibule.milliseconds" .Values.certManager.duration | int64 -}}
{{- $renewBefore := include "vestibule.milliseconds" .Values.certManager.renewBefore | int64 -}}
{{- if or (lt $duration 3600000) (lt $renewBefore 300000) -}}
  {{- $faults = append $faults (printf "certManager.duration is %s and certManager.renewBefore is %s, where cert-manager asks for 1h and 5m at the least: lengthen them." .Values.certManager.duration .Values.certManager.renewBefore) -}}
{{- end -}}
{{- if le $duration $renewBefore -}}
  {{- $faults = append $faults (printf "certManager.renewBefore is %s, not shorter than certManager.duration of %s: a certificate would be renewed for ever." .Values.certManager.renewBefore .Values.certManager.duration) -}}
{{- end -}}
{{- toYaml $faults -}}
{{- end -}}
